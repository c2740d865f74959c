/** Names that Docker Hub has without an owner; any other name without a slash is no image that could be pulled. */
const NAMES = `
adminer aerospike alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash bonita buildpack-deps
busybox caddy cassandra centos chronograf cirros clearlinux clefos clickhouse clojure composer convertigo couchbase couchdb
crate crux dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang express-gateway
fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe hello-world hitch httpd hylang
ibm-semeru-runtimes ibmjava influxdb irssi jenkins jetty jobber joomla jruby julia kaazing-gateway kapacitor kibana known kong
krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql
nats nats-streaming neo4j neurodebian nextcloud nginx node notary nuxeo odoo open-liberty openjdk opensuse oraclelinux orientdb
percona perl photon php php-zendserver phpmyadmin piwik plone postfixadmin postgres pypy python r-base rabbitmq rakudo-star
rapidoid rapidfort redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine satosa scratch scylladb silverpeas
sl solr sonarqube sourcemage spark spiped storm swarm swift swipl teamspeak telegraf thrax tomcat tomee traefik ubuntu ubuntu-debootstrap
ubuntu-upstart unit valkey varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper almalinux sapmachine glassfish
`;

const OFFICIAL = new Set(NAMES.trim().split(/\s+/));

/** Whether Docker Hub may have such an image: official, or named with an owner or a registry. */
export function mayBePulled(reference: string): boolean {
  if (reference.includes('/') || reference.includes('$')) return true;
  return OFFICIAL.has(reference.replace(/[:@].*$/, '').toLowerCase());
}
