package dev.anton.dispatcher.dispatch;

import dev.anton.dispatcher.http.ExchangeListener;
import dev.anton.dispatcher.http.WebhookRequest;

/** Sends what was rendered for an attempt. */
@FunctionalInterface
interface AttemptSender {

  /** Starts the exchange and returns at once. */
  void send(String subscriptionId, WebhookRequest request, ExchangeListener listener);
}
