-- The tables of a small shop, the source of Superset's second database.
CREATE TABLE IF NOT EXISTS orders (
  order_id integer PRIMARY KEY,
  region varchar NOT NULL,
  status varchar NOT NULL,
  amount double precision NOT NULL,
  ordered_at timestamp NOT NULL
);

INSERT INTO orders
SELECT
  n,
  (ARRAY['north', 'east', 'south', 'west'])[1 + n % 4],
  CASE WHEN n % 50 = 0 THEN 'waiting' WHEN n % 7 = 0 THEN 'refunded' ELSE 'delivered' END,
  round((10 + (n * 37) % 490)::numeric, 2),
  timestamp '2026-01-01 00:00' + n * interval '37 minutes'
FROM generate_series(1, 5000) AS n
ON CONFLICT DO NOTHING;
