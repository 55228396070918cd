package dev.anton.dispatcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.anton.fixtures.architecture.ArchitectureRules;

@AnalyzeClasses(
    packages = "dev.anton.dispatcher",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests rules = ArchTests.in(ArchitectureRules.class);

  @ArchTest
  static final ArchRule subscriptionsKnowNothingOfTheirIndexAndOfDelivery =
      noClasses()
          .that()
          .resideInAPackage("dev.anton.dispatcher.subscription")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.anton.dispatcher.matching..",
              "dev.anton.dispatcher.publish..",
              "dev.anton.dispatcher.reading..");

  @ArchTest
  static final ArchRule secretsAreOpenedInOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("SubscriptionCodec")
          .should()
          .callMethod(
              dev.anton.dispatcher.secret.SecretVault.class, "open", String.class, String.class);
}
