INSERT INTO p SELECT g, 'c' || g FROM generate_series(1, 100) g;
REFRESH MATERIALIZED VIEW mv;
INSERT INTO t (id, a, b, c, v, n, ts, tz, ci, vb, iv, r, p_id)
SELECT g, g, 'b' || g, 'c', 'v' || g, g, now(), now(), '10.0.0.0/8', B'101', '1 hour', int4range(g, g + 1), 1 + g % 100
FROM generate_series(1, 2000) g;
INSERT INTO child SELECT g, g FROM generate_series(1, 100) g;
INSERT INTO part SELECT g, g FROM generate_series(1, 99) g;
INSERT INTO part2 SELECT g, 100 + g FROM generate_series(1, 99) g;
INSERT INTO part3 SELECT g, 200 + g FROM generate_series(1, 99) g;
INSERT INTO dt SELECT g, 'd' FROM generate_series(1, 10) g;
INSERT INTO ul SELECT g FROM generate_series(1, 10) g;
INSERT INTO f SELECT 'f' || g FROM generate_series(1, 100) g;
INSERT INTO g SELECT c FROM f;
INSERT INTO ck SELECT 'v' || g, 'w' || g FROM generate_series(1, 100) g;
INSERT INTO ix SELECT now(), g, '10.0.0.0/8', B'10101', 's' || g FROM generate_series(1, 100) g;
