-- Written by hand in the words of Prisma's migrations for MySQL: its schema engine takes MySQL only beside a server.

CREATE TABLE `users` (
    `id` INTEGER UNSIGNED NOT NULL AUTO_INCREMENT,
    `email` VARCHAR(320) NOT NULL,
    `full_name` VARCHAR(191) NULL,
    `role` ENUM('the admin''s', 'MEMBER') NOT NULL DEFAULT 'the admin''s',
    `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `updatedAt` DATETIME(6) NOT NULL,

    UNIQUE INDEX `users_email_key`(`email`),
    FULLTEXT INDEX `users_email_full_name_idx`(`email`, `full_name`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Post` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `title` VARCHAR(100) NOT NULL DEFAULT 'x''y',
    `body` LONGTEXT NOT NULL,
    `authorId` INTEGER UNSIGNED NULL,
    `open` BOOLEAN NOT NULL DEFAULT true,
    `flag` BIT(1) NOT NULL,

    INDEX `Post_body_idx`(`body`(100)),
    UNIQUE INDEX `author_title`(`authorId`, `title`(20) DESC),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Tag` (
    `id` INTEGER NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Profile` (
    `userId` INTEGER UNSIGNED NOT NULL,

    PRIMARY KEY (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Pair` (
    `a` INTEGER NOT NULL,
    `b` INTEGER NOT NULL,

    PRIMARY KEY (`a`, `b`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Numbers` (
    `id` INTEGER NOT NULL,
    `tiny` TINYINT NOT NULL,
    `utiny` TINYINT UNSIGNED NOT NULL,
    `small` SMALLINT NOT NULL,
    `medium` MEDIUMINT UNSIGNED NOT NULL,
    `big` BIGINT UNSIGNED NOT NULL,
    `big2` BIGINT NOT NULL,
    `float` FLOAT NOT NULL,
    `double` DOUBLE NOT NULL,
    `decimal` DECIMAL(65, 30) NOT NULL,
    `money` DECIMAL(10, 2) NOT NULL DEFAULT 1.50,
    `year` YEAR NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Texts` (
    `id` CHAR(36) NOT NULL,
    `text` TEXT NOT NULL,
    `tiny` TINYTEXT NOT NULL,
    `bytes` LONGBLOB NOT NULL,
    `blob` BLOB NOT NULL,
    `binary` BINARY(16) NOT NULL,
    `json` JSON NOT NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Times` (
    `id` INTEGER NOT NULL,
    `date` DATE NOT NULL,
    `time` TIME(3) NOT NULL,
    `ts` TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Self` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `outer` INTEGER NULL,

    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Composite` (
    `id` INTEGER NOT NULL,
    `a` INTEGER NOT NULL,
    `b` INTEGER NOT NULL,
    `c` geometry NULL,

    UNIQUE INDEX `Composite_a_b_key`(`a`, `b`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `_PostToTag` (
    `A` BIGINT NOT NULL,
    `B` INTEGER NOT NULL,

    UNIQUE INDEX `_PostToTag_AB_unique`(`A`, `B`),
    INDEX `_PostToTag_B_index`(`B`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE `Post` ADD CONSTRAINT `Post_authorId_fkey` FOREIGN KEY (`authorId`) REFERENCES `users`(`id`) ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE `Profile` ADD CONSTRAINT `Profile_userId_fkey` FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE `Self` ADD CONSTRAINT `Self_outer_fkey` FOREIGN KEY (`outer`) REFERENCES `Self`(`id`) ON DELETE SET NULL ON UPDATE NO ACTION;

ALTER TABLE `_PostToTag` ADD CONSTRAINT `_PostToTag_A_fkey` FOREIGN KEY (`A`) REFERENCES `Post`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE `_PostToTag` ADD CONSTRAINT `_PostToTag_B_fkey` FOREIGN KEY (`B`) REFERENCES `Tag`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;
