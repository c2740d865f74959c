export default function Page() {
  return <h1>Storefront</h1>;
}
