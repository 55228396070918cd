package dev.anton.dispatcher.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.dispatcher.payload.Payloads;
import dev.anton.schemas.kafka.EventRecord;
import java.io.ByteArrayOutputStream;

/**
 * A piece of a stream, as <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a> are
 * written.
 *
 * @param last whether the stream ends with it
 */
@SuppressWarnings("ArrayRecordComponent") // written as it is, for all who listen
record Frame(byte[] bytes, boolean last) {

  static Frame of(EventRecord event) {
    byte[] json = Payloads.selfContained(event);
    byte[] head = ("id: " + event.id() + "\nevent: " + event.type() + "\ndata: ").getBytes(UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream(head.length + json.length + 2);
    frame.writeBytes(head);
    for (byte b : json) {
      // JSON has line breaks only between its tokens, where a space does as well.
      frame.write(b == '\n' || b == '\r' ? ' ' : b);
    }
    frame.write('\n');
    frame.write('\n');
    return new Frame(frame.toByteArray(), false);
  }

  static Frame comment(String text) {
    return new Frame((": " + text + "\n\n").getBytes(UTF_8), false);
  }

  static Frame last(Ending why) {
    return new Frame(comment(why.text()).bytes(), true);
  }
}
