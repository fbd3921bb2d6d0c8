import { ApolloClient, gql } from '@apollo/client';

const client = new ApolloClient({ uri: '/graphql' });

export async function users(name: string): Promise<unknown> {
  const query = gql`
    query Users($name: String!) {
      users(name: $name, orderBy: "select") {
        id
      }
    }
  `;
  const { data } = await client.query({ query, variables: { name } });
  await client.query({ query: gql(`query { delete(from: "${name}") { id } }`) });
  return data;
}
