# Read by id against nginx serving a file of the same size: two workers each, the same wrk, turn by turn.
. "$(dirname "$0")/lib.sh"
seconds=${SECONDS_EACH:-6} turns=${TURNS:-5} nginx_port=18182
data=$(fresh read)
serve "$data" --set server.threads=2
id=bench-read
body=$(printf '{"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:witmed:bench","value":"1"}],"name":[{"family":"王","given":["小明"],"text":"王小明"}],"telecom":[{"system":"phone","value":"19900000000"}],"gender":"male","birthDate":"1950-01-31","address":[{"text":"某县某镇某村 12 号","country":"CN"}],"contact":[{"name":{"text":"王大明"},"telecom":[{"system":"phone","value":"19900000001"}]}]}' "$id")
curl -sf -o /dev/null -X PUT -H 'Content-Type: application/fhir+json' -d "$body" "$url/fhir/Patient/$id"

folder=$work/nginx
rm -rf "$folder"
mkdir -p "$folder/files/fhir/Patient"
curl -sf "$url/fhir/Patient/$id" >"$folder/files/fhir/Patient/$id"
cat >"$folder/nginx.conf" <<CONF
worker_processes 2;
pid $PWD/$folder/pid;
error_log $PWD/$folder/error.log;
events { worker_connections 1024; }
http {
  access_log off; default_type application/fhir+json; sendfile on; tcp_nopush on; tcp_nodelay on;
  keepalive_requests 100000000; open_file_cache max=100; etag on;
  client_body_temp_path $PWD/$folder/b; proxy_temp_path $PWD/$folder/p; fastcgi_temp_path $PWD/$folder/f;
  uwsgi_temp_path $PWD/$folder/u; scgi_temp_path $PWD/$folder/s;
  server { listen 127.0.0.1:$nginx_port; root $PWD/$folder/files; }
}
CONF
nginx=$(command -v nginx || echo /usr/sbin/nginx)
"$nginx" -p "$folder" -c "$PWD/$folder/nginx.conf"
trap 'kill "$(cat "$folder/pid")" 2>/dev/null; stop' EXIT

rate() { wrk -t 1 -c 32 -d "${seconds}s" "$1/fhir/Patient/$id" | tee -a "$folder/wrk.log" | awk '/^Requests\/sec/ { printf "%.0f\n", $2 }'; }
rate "$url" >/dev/null
: >"$folder/ours"; : >"$folder/theirs"
for _ in $(seq "$turns"); do
  rate "$url" >>"$folder/ours"
  rate "http://127.0.0.1:$nginx_port" >>"$folder/theirs"
done
grep -E 'Non-2xx|Socket errors' "$folder/wrk.log" && exit 1
ours=$(median <"$folder/ours") theirs=$(median <"$folder/theirs")
size=$(stat -c %s "$folder/files/fhir/Patient/$id")
result "read by id, $size bytes, 32 connections" "$ours/s" "$(spread <"$folder/ours")" ""
result "nginx, a file of that size" "$theirs/s" "$(spread <"$folder/theirs")" ""
result "ratio" "$(ratio "$ours" "$theirs")" "medians of $turns turns of $seconds s" "≥ 0.85"
