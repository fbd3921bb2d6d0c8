CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TYPE en AS ENUM ('a', 'b');
CREATE DOMAIN dm AS text;
CREATE SEQUENCE sq;
CREATE TABLE p (id bigint PRIMARY KEY, code text);
CREATE VIEW w AS SELECT id, code FROM p;
CREATE MATERIALIZED VIEW mv AS SELECT id, code FROM p;
CREATE UNIQUE INDEX mv_u ON mv (id);
CREATE TABLE t (
  id int PRIMARY KEY,
  a int,
  b text,
  c char(5),
  v varchar(50),
  n numeric(10, 2),
  ts timestamp,
  tz timestamptz,
  ci cidr,
  vb varbit(10),
  iv interval,
  x xml,
  r int4range,
  p_id bigint,
  nn int NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX t_id_u ON t (id);
CREATE INDEX t_a_idx ON t (a);
CREATE INDEX t_b_idx ON t (b);
CREATE INDEX t_v_idx ON t (v);
ALTER TABLE t ADD CONSTRAINT ck_nn CHECK (a IS NOT NULL) NOT VALID;
CREATE TRIGGER trg BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TABLE child (id bigint, p_id bigint);
ALTER TABLE child ADD CONSTRAINT child_fk FOREIGN KEY (p_id) REFERENCES p (id) NOT VALID;
ALTER TABLE child ADD CONSTRAINT ck_valid CHECK (id IS NOT NULL);
CREATE UNIQUE INDEX child_u ON child (id);
CREATE TABLE part (id bigint, k int) PARTITION BY RANGE (k);
CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (100);
CREATE TABLE part2 (id bigint, k int);
CREATE TABLE part3 (id bigint, k int);
ALTER TABLE part3 ADD CONSTRAINT part3_k_check CHECK (k IS NOT NULL AND k >= 200 AND k < 300);
CREATE TABLE dt (id int, d dm);
CREATE UNLOGGED TABLE ul (id int);
CREATE TABLE f (c varchar(20) UNIQUE);
CREATE TABLE g (c varchar(20) REFERENCES f (c));
CREATE TABLE ck (v varchar(20) CHECK (v <> ''), w varchar(20) UNIQUE);
CREATE TABLE ix (ts timestamp, o int, ci cidr, b bit(5), s text COLLATE "C");
CREATE INDEX ix_ts ON ix (ts);
CREATE INDEX ix_o ON ix (o);
CREATE INDEX ix_ci ON ix (ci);
CREATE INDEX ix_b ON ix (b);
CREATE INDEX ix_s ON ix (s);
