-- Ed25519 key pairs of subscriptions that asked for asymmetric signatures: the private key sealed
-- as secrets are, the public one as its owner verifies with it.
alter table webhook_subscription
    add column sealed_private_key      text,
    add column verification_key        text,
    add column next_sealed_private_key text, -- while a rotation's grace period runs
    add column next_verification_key   text;
