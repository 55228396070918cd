package dev.anton.dispatcher.subscription;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What of a subscription's options the delivery engine enforces. An option that it does not is
 * refused at registration, never stored and ignored. Settings under {@code anton.delivery-features}
 * exist so that an option can be taken out of service; they cannot add one.
 *
 * @param ordered whether deliveries of one key are kept strictly in order
 * @param rate whether {@code maxRatePerSecond} is enforced
 */
@ConfigurationProperties("anton.delivery-features")
record DeliveryFeatures(
    @DefaultValue("true") boolean ordered, @DefaultValue("true") boolean rate) {}
