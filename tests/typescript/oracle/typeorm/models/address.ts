import { Column, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Country } from './country';

export class Point {
  @Column('float')
  lat!: number;

  @Column({ type: 'real', name: 'lng_deg' })
  longitude!: number;
}

export class Address {
  @Column({ nullable: true })
  zipCode?: string;

  @Index()
  @Column({ name: 'city_name', length: 80 })
  city!: string;

  @Column({ unique: true })
  poBox!: number;

  @Column(() => Point)
  place!: Point;

  @ManyToOne(() => Country)
  country!: Relation<Country>;

  @ManyToOne('Country', { nullable: false })
  @JoinColumn({ name: 'origin' })
  bornIn!: Relation<Country>;
}
