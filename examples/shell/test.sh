#!/bin/sh
# A test with a network of its own: a file goes through a router, from one host to another. The lab
# goes up, the test runs, the lab goes down, whatever happens. Needs nslab in PATH, and no root.
#
#   examples/shell/test.sh
set -eu
cd "$(dirname "$0")"

# Started by hand: once more, inside a lab. `nslab run` sets NSLAB_LAB, and its exit status is ours.
if [ -z "${IN_LAB-}" ]; then
    IN_LAB=yes exec nslab run --name "file-test-$$" network.yaml -- "$PWD/${0##*/}"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "the quick brown fox" >"$work/sent"

# The client tries until the server listens; both end by themselves.
nslab exec server -- /usr/bin/python3 -c "
import socket
listener = socket.create_server(('10.0.2.2', 4000))
listener.settimeout(10)
peer, _ = listener.accept()
open('$work/received', 'wb').write(peer.recv(1000))
" &
nslab exec client -- /usr/bin/python3 -c "
import socket, time
for attempt in range(100):
    try:
        peer = socket.create_connection(('server', 4000), timeout=10)
        break
    except ConnectionRefusedError:
        time.sleep(0.1)
peer.sendall(open('$work/sent', 'rb').read())
"
wait

cmp "$work/sent" "$work/received"
echo "ok: the file came through"
