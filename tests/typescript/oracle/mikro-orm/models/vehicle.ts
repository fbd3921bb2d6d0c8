import { Entity, PrimaryKey, Property } from '@mikro-orm/core';

/** A hierarchy whose discriminator no property declares. */
@Entity({ discriminatorColumn: 'type', abstract: true })
export abstract class Vehicle {
  @PrimaryKey()
  id!: number;

  @Property()
  brand!: string;
}

@Entity({ discriminatorValue: 'car' })
export class Car extends Vehicle {
  @Property()
  doors!: number;
}

@Entity()
export class CargoTruck extends Vehicle {
  @Property({ type: 'double' })
  payload!: number;
}
