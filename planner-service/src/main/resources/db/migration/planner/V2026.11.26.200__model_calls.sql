-- Who planned, and what it took.
ALTER TABLE planning_sessions ADD COLUMN planning json;

-- What calls of the language model cost: the budgets are sums over it. A call is written with the most it
-- can cost before it is made, and with what it cost after.
CREATE TABLE model_calls (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id    text           NOT NULL,
    day           date           NOT NULL,
    model         text           NOT NULL,
    input_tokens  bigint         NOT NULL,
    output_tokens bigint         NOT NULL,
    cost          numeric(24, 9) NOT NULL,
    settled       boolean        NOT NULL DEFAULT false
);

CREATE INDEX model_calls_by_day ON model_calls (day);
CREATE INDEX model_calls_by_session ON model_calls (session_id);
