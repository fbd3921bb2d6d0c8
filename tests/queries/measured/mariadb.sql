CREATE TABLE p (id int PRIMARY KEY) ENGINE = InnoDB;
CREATE TABLE t (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  a int,
  b varchar(50) CHARACTER SET utf8mb4,
  b255 varchar(255) CHARACTER SET latin1,
  nn int NOT NULL DEFAULT 1,
  e enum('a', 'b'),
  st set('x', 'y'),
  d decimal(10, 2),
  tx text,
  p_id int,
  KEY a_i (a)
) ENGINE = InnoDB DEFAULT CHARACTER SET latin1;
INSERT INTO p VALUES (1), (2);
INSERT INTO t (a, b, b255, e, st, d, tx, p_id) VALUES (1, 'b', 'b', 'a', 'x', 1, 't', 1), (2, 'c', 'c', 'a', 'y', 2, 'u', 2);
