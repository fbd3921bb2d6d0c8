import type { Dialect, Volatility } from '../../ir/index.js';

/** `mixed`: immutable or stable, by the types of the arguments. */
export type FunctionVolatility = Volatility | 'mixed';

type Names = { readonly [V in FunctionVolatility]: string };

/** Functions of pg_catalog that defaults and conditions call, by what pg_proc says of all their overloads (PostgreSQL 18). */
const postgresql: Names = {
  volatile:
    'array_sample array_shuffle clock_timestamp currval gen_random_uuid lastval nextval pg_advisory_lock pg_advisory_xact_lock ' +
    'pg_export_snapshot pg_logical_emit_message pg_notify pg_sleep pg_sleep_for pg_sleep_until pg_try_advisory_lock ' +
    'pg_try_advisory_xact_lock query_to_xml random random_normal set_config setseed setval timeofday txid_status uuidv4 uuidv7',
  stable:
    'array_to_json array_to_string col_description concat concat_ws convert convert_from convert_to current_database ' +
    'current_schema current_schemas current_setting current_user enum_first enum_last enum_range format format_type ' +
    'get_current_ts_config has_table_privilege inet_client_addr inet_client_port inet_server_addr inet_server_port ' +
    'json_build_array json_build_object json_populate_record jsonb_build_array jsonb_build_object jsonb_populate_record ' +
    'make_timestamptz now obj_description pg_backend_pid pg_client_encoding pg_conf_load_time pg_current_snapshot ' +
    'pg_current_xact_id pg_get_serial_sequence pg_my_temp_schema pg_postmaster_start_time pg_trigger_depth pg_typeof ' +
    'row_to_json session_user statement_timestamp to_char to_date to_json to_jsonb to_number to_regclass to_regtype ' +
    'transaction_timestamp txid_current txid_current_snapshot version',
  mixed:
    'age date date_add date_part date_subtract date_trunc extract generate_series length plainto_tsquery quote_literal ' +
    'quote_nullable time timestamp timestamptz timetz timezone to_timestamp to_tsquery to_tsvector websearch_to_tsquery',
  immutable:
    'abs acos array_append array_cat array_fill array_length array_position array_prepend array_remove array_replace ' +
    'array_upper ascii asin atan atan2 bit_length btrim cardinality cbrt ceil ceiling char_length character_length chr cos ' +
    'date_bin decode degrees div encode exp factorial floor gcd get_bit get_byte hashtext host ' +
    'initcap int4range int8range isfinite json_array_length json_object json_typeof jsonb_array_length jsonb_extract_path ' +
    'jsonb_extract_path_text jsonb_object jsonb_set jsonb_strip_nulls jsonb_typeof justify_days justify_hours ' +
    'justify_interval lcm left ln log log10 lower lpad ltrim make_date make_interval make_time make_timestamp masklen md5 mod ' +
    'netmask network normalize numnode numrange octet_length overlay parse_ident pi point position power quote_ident radians ' +
    'regexp_count regexp_like regexp_match regexp_replace regexp_split_to_array regexp_substr repeat replace reverse right ' +
    'round rpad rtrim scale setweight sha224 sha256 sha384 sha512 sign sin split_part sqrt starts_with string_to_array strip ' +
    'strpos substr substring tan to_hex translate trim_array trunc upper width_bucket',
};

/** Functions of the extensions uuid-ossp and pgcrypto, in whichever schema they stand. */
const extensions: Names = {
  volatile: 'uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_random_bytes gen_salt',
  stable: '',
  mixed: '',
  immutable: 'uuid_nil uuid_ns_dns uuid_ns_url uuid_generate_v3 uuid_generate_v5',
};

const others: { readonly [D in Dialect]?: Names } = {
  mysql: { volatile: 'uuid uuid_short rand sysdate', stable: 'now', mixed: '', immutable: 'json_array json_object' },
  sqlite: {
    volatile: 'random randomblob',
    stable: '',
    // By whether the time is 'now', and 'localtime' hangs on the machine.
    mixed: 'date datetime julianday strftime time unixepoch',
    immutable:
      'abs char coalesce hex ifnull iif instr json json_array json_object length lower ltrim max min nullif printf quote ' +
      'replace round rtrim substr substring trim typeof unicode upper zeroblob',
  },
  tsql: {
    volatile: 'newid newsequentialid',
    stable: 'getdate getutcdate sysdatetime sysutcdatetime sysdatetimeoffset suser_sname',
    mixed: '',
    immutable: '',
  },
};

const mapOf = (names: Names): ReadonlyMap<string, FunctionVolatility> =>
  new Map(
    (Object.keys(names) as FunctionVolatility[]).flatMap((volatility) =>
      names[volatility].split(' ').flatMap((name) => (name === '' ? [] : [[name, volatility] as const])),
    ),
  );

export const postgresqlFunctions = mapOf(postgresql);
export const extensionFunctions = mapOf(extensions);
const otherFunctions = new Map(
  Object.entries(others).map(([dialect, names]) => [dialect as Dialect, mapOf(names)] as const),
);

/**
 * How long the value of a built-in function holds, its arguments apart; nothing for one that is not known.
 * @param name in lower case
 * @param schema in lower case, where one is written
 */
export function functionVolatility(
  name: string,
  schema: string | undefined,
  dialect: Dialect,
): FunctionVolatility | undefined {
  if (dialect === 'postgresql' || dialect === 'cockroachdb') {
    const own = schema === undefined || schema === 'pg_catalog' ? postgresqlFunctions.get(name) : undefined;
    return own ?? extensionFunctions.get(name);
  }
  return schema === undefined ? otherFunctions.get(dialect === 'mariadb' ? 'mysql' : dialect)?.get(name) : undefined;
}

const ranks = { immutable: 0, stable: 1, volatile: 2 } as const;

/** How long a value holds that is made of others. One that changes with each row makes all of it do so. */
export function combined(parts: readonly (Volatility | undefined)[]): Volatility | undefined {
  if (parts.includes('volatile')) return 'volatile';
  if (parts.includes(undefined)) return undefined;
  return parts.reduce((most, part) => (ranks[part!] > ranks[most!] ? part : most), 'immutable');
}

/** How long the value of a call holds. */
export function callVolatility(
  called: FunctionVolatility | undefined,
  args: readonly (Volatility | undefined)[],
): Volatility | undefined {
  if (called === 'volatile') return 'volatile';
  const given = combined(args);
  if (called === undefined) return undefined;
  // With a value that holds for a statement, either overload gives one that does.
  if (called === 'mixed') return given === 'immutable' ? undefined : given;
  return combined([called, given]);
}
