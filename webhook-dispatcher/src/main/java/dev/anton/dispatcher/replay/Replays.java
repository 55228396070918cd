package dev.anton.dispatcher.replay;

final class Replays {

  static final String ID_PREFIX = "rpl_";

  private Replays() {}
}
