package dev.anton.executor.runner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.runner.builtin.ProcessTable.ProcessId;
import dev.anton.executor.runner.builtin.TreeMembers.Taboo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tree's root is process 100, started at 1000; the executor is 50, in session and group 40. */
class TreeMembersTest {

  private static final ProcessTable.Entry EXECUTOR = process(50, 500, 1, 40, 40);
  private static final ProcessTable.Entry ROOT = process(100, 1000, 50, 100, 100);

  private final TreeMembers members =
      new TreeMembers(100, Optional.of(ROOT.id()), true, new Taboo(Optional.of(EXECUTOR)));
  private long now = System.nanoTime();

  @Test
  void descendantsBelongWhateverTheirNumbers() {
    ProcessTable.Entry grandchild = process(90, 1002, 110, 100, 100);
    ProcessTable.Entry child = process(110, 1001, 100, 100, 100);

    assertThat(members.in(look(grandchild, ROOT, child)))
        .containsExactlyInAnyOrder(ROOT, child, grandchild);
  }

  @Test
  void whoLostItsParentBelongsByItsSession() {
    ProcessTable.Entry orphan = process(110, 1001, 1, 110, 100);

    assertThat(members.in(look(orphan))).containsExactly(orphan);
  }

  @Test
  void whoBeganASessionOfItsOwnStillBelongsWhenItsParentHasGone() {
    ProcessTable.Entry child = process(110, 1001, 100, 110, 110);
    assertThat(members.in(look(ROOT, child))).contains(child);
    ProcessTable.Entry orphan = process(110, 1001, 1, 110, 110);
    ProcessTable.Entry itsChild = process(120, 1002, 1, 110, 110);

    assertThat(members.in(look(orphan, itsChild))).containsExactlyInAnyOrder(orphan, itsChild);
  }

  @Test
  void theNextOwnerOfTheRootsNumberDoesNotBelong() {
    assertThat(members.in(look(ROOT))).containsExactly(ROOT);
    ProcessTable.Entry other = process(100, 9000, 1, 100, 100);
    ProcessTable.Entry itsChild = process(130, 9001, 100, 100, 100);

    assertThat(members.in(look(other, itsChild))).isEmpty();
    assertThat(members.groups(look(other, itsChild))).isEmpty();
  }

  @Test
  void theNextOwnerOfAMembersNumberHasChildrenThatDoNotBelong() {
    ProcessTable.Entry child = process(110, 1001, 100, 100, 100);
    assertThat(members.in(look(ROOT, child))).contains(child);
    ProcessTable.Entry other = process(110, 9000, 1, 70, 70);
    ProcessTable.Entry itsChild = process(130, 9001, 110, 70, 70);

    assertThat(members.in(look(ROOT, other, itsChild))).containsExactly(ROOT);
  }

  @Test
  void theNextOwnerOfASessionsNumberDoesNotBelong() {
    ProcessTable.Entry leader = process(110, 1001, 100, 110, 110);
    assertThat(members.in(look(ROOT, leader))).contains(leader);
    ProcessTable.Entry other = process(110, 9000, 1, 110, 110);
    ProcessTable.Entry itsChild = process(130, 9001, 110, 110, 110);

    assertThat(members.in(look(ROOT, other, itsChild))).containsExactly(ROOT);
  }

  @Test
  void aSessionThatHasBeenEmptyIsForgotten() {
    ProcessTable.Entry leader = process(110, 1001, 100, 110, 110);
    assertThat(members.in(look(ROOT, leader))).contains(leader);
    after(Duration.ofSeconds(2));
    assertThat(members.in(look(ROOT))).containsExactly(ROOT);
    ProcessTable.Entry whoseLeaderHasGone = process(130, 9001, 1, 110, 110);

    assertThat(members.in(look(ROOT, whoseLeaderHasGone))).containsExactly(ROOT);
  }

  @Test
  void aSessionThatSeemsEmptyForAMomentIsNot() {
    ProcessTable.Entry forking = process(110, 1001, 100, 110, 110);
    assertThat(members.in(look(ROOT, forking))).contains(forking);
    after(Duration.ofMillis(10));
    assertThat(members.in(look(ROOT))).containsExactly(ROOT);
    ProcessTable.Entry forked = process(120, 1002, 1, 110, 110);

    assertThat(members.in(look(ROOT, forked))).containsExactlyInAnyOrder(ROOT, forked);
  }

  @Test
  void aLookWithGapsDoesNotTellWhoHasGone() {
    ProcessTable.Entry orphan = process(110, 1001, 1, 110, 110);
    members.adopt(orphan, look(ROOT, orphan));
    after(Duration.ofSeconds(2));
    assertThat(members.in(new ProcessTable(now, false, List.of(ROOT)))).containsExactly(ROOT);

    assertThat(members.in(look(ROOT, orphan))).contains(orphan);
  }

  /** It was taken before the root was there, by somebody who watches another tree. */
  @Test
  void inAnOldLookTheRootsNumberMayBeSomebodyElses() {
    ProcessTable.Entry other = process(100, 700, 1, 100, 100);
    ProcessTable old =
        new ProcessTable(
            now - Duration.ofMinutes(1).toNanos(),
            true,
            List.of(other, process(101, 701, 100, 100, 100)));

    assertThat(members.in(old)).isEmpty();
    assertThat(members.in(look(ROOT))).containsExactly(ROOT);
  }

  @Test
  void theExecutorIsNeverAMemberNorItsSessionNorItsGroup() {
    // Before setsid has run, the root is where the executor is.
    ProcessTable.Entry early = process(100, 1000, 50, 40, 40);
    ProcessTable.Entry neighbour = process(60, 600, 50, 40, 40);
    assertThat(members.in(look(EXECUTOR, early, neighbour))).containsExactly(early);
    assertThat(members.groups(look(EXECUTOR, early, neighbour))).isEmpty();

    members.adopt(EXECUTOR, look(EXECUTOR, ROOT));
    members.adopt(process(1, 1, 0, 1, 1), look(EXECUTOR, ROOT));

    assertThat(members.in(look(process(1, 1, 0, 1, 1), EXECUTOR, neighbour, ROOT)))
        .containsExactly(ROOT);
  }

  @Test
  void anExecutorThatDoesNotKnowItselfSignalsNoGroup() {
    TreeMembers cautious =
        new TreeMembers(100, Optional.of(ROOT.id()), true, new Taboo(Optional.empty()));

    assertThat(cautious.in(look(ROOT))).containsExactly(ROOT);
    assertThat(cautious.groups(look(ROOT))).isEmpty();
  }

  @Test
  void aGroupIsTheTreesOnlyIfAllItsMembersAre() {
    ProcessTable.Entry own = process(110, 1001, 100, 110, 100);
    ProcessTable.Entry mixed = process(120, 1002, 100, 70, 70);
    ProcessTable.Entry stranger = process(70, 700, 1, 70, 70);
    TreeMembers withoutSessions =
        new TreeMembers(100, Optional.of(ROOT.id()), false, new Taboo(Optional.of(EXECUTOR)));

    assertThat(withoutSessions.groups(look(EXECUTOR, ROOT, own, mixed, stranger)))
        .containsExactlyInAnyOrder(100L, 110L);
  }

  @Test
  void aRootThatEndedBeforeTheFirstLookLeavesItsSession() {
    TreeMembers late =
        new TreeMembers(100, Optional.empty(), true, new Taboo(Optional.of(EXECUTOR)));
    ProcessTable.Entry left = process(110, 1001, 1, 100, 100);
    assertThat(late.in(look(left))).containsExactly(left);

    assertThat(late.in(look(process(100, 9000, 1, 100, 100)))).isEmpty();
  }

  private void after(Duration time) {
    now += time.toNanos();
  }

  private ProcessTable look(ProcessTable.Entry... entries) {
    now = Math.max(now + 1, System.nanoTime());
    return new ProcessTable(now, true, List.of(entries));
  }

  private static ProcessTable.Entry process(
      long pid, long started, long parent, long group, long session) {
    return new ProcessTable.Entry(new ProcessId(pid, started), false, parent, group, session, 0, 1);
  }
}
