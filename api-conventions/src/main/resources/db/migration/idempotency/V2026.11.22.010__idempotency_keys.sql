-- One row for each Idempotency-Key that a tenant used within the last 24 hours.
CREATE TABLE idempotency_keys (
    tenant        text        NOT NULL,
    -- SHA-256 of the key: the key itself helps to decrypt the answer and is not kept.
    key_hash      bytea       NOT NULL,
    -- SHA-256 of method, path, query and body.
    request_hash  bytea       NOT NULL,
    -- Who runs the request; changes when an abandoned one is taken over, and fences the first off.
    attempt       uuid        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('running', 'committed', 'answered')),
    claimed_until timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    -- Status, headers and body, encrypted: an answer may show a secret once.
    answer        bytea,
    PRIMARY KEY (tenant, key_hash),
    CHECK ((state = 'answered') = (answer IS NOT NULL))
);

CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
