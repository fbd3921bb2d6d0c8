-- What Prisma's schema engine (@prisma/schema-engine-wasm 8.1) makes of schema.prisma.

-- CreateTable
CREATE TABLE "users" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'the-admin',
    "other" TEXT,
    "key" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Post" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL DEFAULT 'x''y',
    "author" INTEGER,
    "userKey" INTEGER NOT NULL DEFAULT 1,
    "meta" JSONB NOT NULL,
    "price" DECIMAL NOT NULL DEFAULT 1.5,
    "body" BLOB NOT NULL,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated" DATETIME NOT NULL,
    "ratio" REAL NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,
    CONSTRAINT "Post_author_fkey" FOREIGN KEY ("author") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Post_userKey_fkey" FOREIGN KEY ("userKey") REFERENCES "users" ("key") ON DELETE SET DEFAULT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Tag" (
    "id" TEXT NOT NULL PRIMARY KEY
);

-- CreateTable
CREATE TABLE "Profile" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" INTEGER NOT NULL,
    CONSTRAINT "Profile_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Pair" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    "c" TEXT NOT NULL,

    PRIMARY KEY ("a", "b")
);

-- CreateTable
CREATE TABLE "numbered rows" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT DEFAULT 5
);

-- CreateTable
CREATE TABLE "Text" (
    "id" TEXT NOT NULL PRIMARY KEY DEFAULT hex(randomblob(16))
);

-- CreateTable
CREATE TABLE "Same" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    CONSTRAINT "Same_id_fkey" FOREIGN KEY ("id") REFERENCES "Same" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "First" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
);

-- CreateTable
CREATE TABLE "Second" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" NUMERIC(3)
);

-- CreateTable
CREATE TABLE "Keyless" (
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "_Friends" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,
    CONSTRAINT "_Friends_A_fkey" FOREIGN KEY ("A") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_Friends_B_fkey" FOREIGN KEY ("B") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "_PostToTag" (
    "A" BIGINT NOT NULL,
    "B" TEXT NOT NULL,
    CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "_FirstToSecond" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,
    CONSTRAINT "_FirstToSecond_A_fkey" FOREIGN KEY ("A") REFERENCES "First" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_FirstToSecond_B_fkey" FOREIGN KEY ("B") REFERENCES "Second" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "users_mail" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_key_key" ON "users"("key");

-- CreateIndex
CREATE INDEX "Post_author_title_idx" ON "Post"("author", "title" DESC);

-- CreateIndex
CREATE INDEX "by_time" ON "Post"("at");

-- CreateIndex
CREATE UNIQUE INDEX "Profile_userId_key" ON "Profile"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Pair_b_c_key" ON "Pair"("b", "c");

-- CreateIndex
CREATE UNIQUE INDEX "_Friends_AB_unique" ON "_Friends"("A", "B");

-- CreateIndex
CREATE INDEX "_Friends_B_index" ON "_Friends"("B");

-- CreateIndex
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");

-- CreateIndex
CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");

-- CreateIndex
CREATE UNIQUE INDEX "_FirstToSecond_AB_unique" ON "_FirstToSecond"("A", "B");

-- CreateIndex
CREATE INDEX "_FirstToSecond_B_index" ON "_FirstToSecond"("B");

