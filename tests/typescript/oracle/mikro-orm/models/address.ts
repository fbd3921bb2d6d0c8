import { Embeddable, Embedded, Enum, Index, Property } from '@mikro-orm/core';

export enum Country {
  Germany = 'DE',
  France = 'FR',
}

@Embeddable()
export class Geo {
  @Property({ type: 'double' })
  latitude!: number;

  @Property({ type: 'double', fieldName: 'lng' })
  longitude!: number;
}

@Embeddable()
@Index({ properties: ['zipCode'] })
export class Address {
  @Property()
  street!: string;

  @Property({ length: 10, comment: 'Postal code.' })
  zipCode!: string;

  @Enum(() => Country)
  country!: Country;

  @Embedded(() => Geo)
  geo!: Geo;
}
