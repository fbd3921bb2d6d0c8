-- What Prisma's schema engine (@prisma/schema-engine-wasm 8.1) makes of schema.prisma.

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "auth";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "auth"."user_roles" AS ENUM ('the "admin"', 'MEMBER', 'GUEST');

-- CreateEnum
CREATE TYPE "Plain" AS ENUM ('A', 'B');

-- CreateTable
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "full_name" VARCHAR(191),
    "role" "auth"."user_roles" NOT NULL DEFAULT 'the "admin"',
    "roles" "auth"."user_roles"[] DEFAULT ARRAY['the "admin"', 'GUEST']::"auth"."user_roles"[],
    "plain" "Plain",
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "leadOrg" INTEGER,
    "leadSlug" CHAR(12),
    "managerId" INTEGER,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."Profile" (
    "userId" INTEGER NOT NULL,
    "bio" TEXT NOT NULL,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "Post" (
    "id" UUID NOT NULL,
    "authorId" INTEGER NOT NULL,
    "title" TEXT NOT NULL DEFAULT 'it''s "quoted" \ and	tabbed',
    "tags" TEXT[] DEFAULT ARRAY['a', 'b''c']::TEXT[],
    "none" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "meta" JSONB NOT NULL DEFAULT '{"a": 1}',

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."Category" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."teams" (
    "org_id" INTEGER NOT NULL,
    "slug" CHAR(12) NOT NULL,
    "parentOrg" INTEGER,
    "parentSlug" CHAR(12),
    "userId" INTEGER NOT NULL,

    CONSTRAINT "teams_primary" PRIMARY KEY ("org_id","slug")
);

-- CreateTable
CREATE TABLE "Match" (
    "a" INTEGER NOT NULL,
    "teamOrg" INTEGER NOT NULL,
    "teamSlug" CHAR(12)
);

-- CreateTable
CREATE TABLE "Everything" (
    "id" BIGSERIAL NOT NULL,
    "i" INTEGER NOT NULL DEFAULT -5,
    "big" BIGINT NOT NULL DEFAULT 9007199254740993,
    "f" DOUBLE PRECISION NOT NULL DEFAULT 2.5,
    "d" DECIMAL(65,30) NOT NULL DEFAULT 1.50,
    "b" BOOLEAN NOT NULL DEFAULT false,
    "by" BYTEA NOT NULL DEFAULT '\x68656c6c6f',
    "dt" TIMESTAMP(3) NOT NULL DEFAULT '2020-01-02 03:04:05.678 +00:00',
    "s" UUID NOT NULL DEFAULT gen_random_uuid(),
    "unknown" TEXT NOT NULL,
    "cuid" TEXT NOT NULL,
    "cuid2" TEXT NOT NULL,
    "nano" TEXT NOT NULL,
    "ulid" TEXT NOT NULL,
    "point" point DEFAULT point(1,2),
    "area" circle[],
    "small" SMALLINT NOT NULL,
    "serial" SMALLSERIAL NOT NULL,
    "money" MONEY NOT NULL,
    "num" DECIMAL(10,2) NOT NULL,
    "oid" OID NOT NULL,
    "real" REAL NOT NULL,
    "xml" XML NOT NULL,
    "inet" INET NOT NULL,
    "bit" BIT(3) NOT NULL,
    "varbit" VARBIT NOT NULL,
    "json" JSON NOT NULL,
    "jsons" JSONB[],
    "date" DATE NOT NULL,
    "time" TIME(3) NOT NULL,
    "timetz" TIMETZ(3) NOT NULL,
    "ts" TIMESTAMP NOT NULL,
    "é" INTEGER,
    "_x" INTEGER,

    CONSTRAINT "Everything_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Ignored" (
    "name" TEXT
);

-- CreateTable
CREATE TABLE "AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver" (
    "id" INTEGER NOT NULL,
    "aFieldWithANameThatIsVeryLong" INTEGER NOT NULL,

    CONSTRAINT "AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEve_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."BModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver" (
    "id" UUID NOT NULL,
    "aLongOwnerId" INTEGER NOT NULL,

    CONSTRAINT "BModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEve_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "éééééééééééééééééééééééééééééé" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "ééééééééééééééééééééééééééééé_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_Follow" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_Follow_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_readers" (
    "A" UUID NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_readers_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "auth"."_CategoryToPost" (
    "A" INTEGER NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_CategoryToPost_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEverToB" (
    "A" INTEGER NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAn_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "users_full_name_email_idx" ON "users"("full_name" text_pattern_ops DESC, "email");

-- CreateIndex
CREATE INDEX "Post_tags_idx" ON "Post" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "post_meta_gin" ON "Post" USING GIN ("meta" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "post_title_hash" ON "Post" USING HASH ("title");

-- CreateIndex
CREATE INDEX "part" ON "Post"("authorId") WHERE (title <> '');

-- CreateIndex
CREATE INDEX "part_object" ON "Post"("authorId", "id") WHERE ("authorId" = 3);

-- CreateIndex
CREATE UNIQUE INDEX "Post_authorId_title_key" ON "Post"("authorId", "title");

-- CreateIndex
CREATE UNIQUE INDEX "post_meta_key" ON "Post"("authorId", "meta");

-- CreateIndex
CREATE UNIQUE INDEX "Category_id_key" ON "auth"."Category"("id");

-- CreateIndex
CREATE UNIQUE INDEX "teams_userId_key" ON "auth"."teams"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Match_a_key" ON "Match"("a");

-- CreateIndex
CREATE UNIQUE INDEX "AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver_key" ON "AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver"("aFieldWithANameThatIsVeryLong");

-- CreateIndex
CREATE INDEX "AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver_idx" ON "AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver"("aFieldWithANameThatIsVeryLong", "id");

-- CreateIndex
CREATE INDEX "_Follow_B_index" ON "_Follow"("B");

-- CreateIndex
CREATE INDEX "_readers_B_index" ON "_readers"("B");

-- CreateIndex
CREATE INDEX "_CategoryToPost_B_index" ON "auth"."_CategoryToPost"("B");

-- CreateIndex
CREATE INDEX "_AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAn_B_index" ON "_AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEverToB"("B");

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_leadOrg_leadSlug_fkey" FOREIGN KEY ("leadOrg", "leadSlug") REFERENCES "auth"."teams"("org_id", "slug") ON DELETE NO ACTION ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."Profile" ADD CONSTRAINT "profile_owner" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."teams" ADD CONSTRAINT "teams_parentOrg_parentSlug_fkey" FOREIGN KEY ("parentOrg", "parentSlug") REFERENCES "auth"."teams"("org_id", "slug") ON DELETE SET NULL ON UPDATE SET DEFAULT;

-- AddForeignKey
ALTER TABLE "Match" ADD CONSTRAINT "Match_teamOrg_teamSlug_fkey" FOREIGN KEY ("teamOrg", "teamSlug") REFERENCES "auth"."teams"("org_id", "slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."BModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver" ADD CONSTRAINT "BModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEve_fkey" FOREIGN KEY ("aLongOwnerId") REFERENCES "AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_Follow" ADD CONSTRAINT "_Follow_A_fkey" FOREIGN KEY ("A") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_Follow" ADD CONSTRAINT "_Follow_B_fkey" FOREIGN KEY ("B") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_readers" ADD CONSTRAINT "_readers_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_readers" ADD CONSTRAINT "_readers_B_fkey" FOREIGN KEY ("B") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_A_fkey" FOREIGN KEY ("A") REFERENCES "auth"."Category"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth"."_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_B_fkey" FOREIGN KEY ("B") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEverToB" ADD CONSTRAINT "_AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAnd_A_fkey" FOREIGN KEY ("A") REFERENCES "AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEverToB" ADD CONSTRAINT "_AModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAnd_B_fkey" FOREIGN KEY ("B") REFERENCES "auth"."BModelWithANameThatIsVeryLongAndGoesOnForEverAndEverAndEver"("id") ON DELETE CASCADE ON UPDATE CASCADE;

