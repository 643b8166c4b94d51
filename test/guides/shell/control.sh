set -euo pipefail
# #region sh-project
project=$(curl -fsS -X POST "$ORY_MOCK_URL/_mock/projects" -d '{"name":"cart"}')
# {"name":"cart","url":"http://127.0.0.1:4434/_mock/projects/cart","publicUrl":"…","token":"ory_mock_…"}
ory=$ORY_MOCK_URL/_mock/projects/cart
# #endregion
echo "$project" | grep -q '"name":"cart"'
# #region sh-seed
curl -fsS "$ory/_mock/seed" -d '{"identities":[{"traits":{"email":"new@example.com"},"sessions":["active","expired"]}]}'
# #endregion
# #region sh-clock
curl -fsS -X PUT "$ory/_mock/clock" -d '{"now":"2026-11-23T01:00:00Z","running":false}'
curl -fsS "$ory/_mock/clock/advance" -d '{"by":"2h"}'
# #endregion
# #region sh-faults
curl -fsS "$ory/_mock/faults" -d '{"id":"flaky","match":{"operation":"listIdentities"},"when":{"times":2},"effect":{"status":503}}'
curl -sS -o /dev/null -w '%{http_code}\n' "$ory/admin/identities"                                  # 503
curl -sS -H 'Ory-Mock-Fault: {"status":500}' "$ory/admin/identities"                               # for this request alone
curl -sS "$ory/_mock/faults/verify" -X POST                                                        # 409 names rules that never fired
# #endregion
# #region sh-requests
curl -fsS "$ory/_mock/requests?operation=listIdentities&status=503"
curl -fsS "$ory/_mock/requests/wait" -d '{"filter":{"path":"/admin/identities"},"timeout":2000}'
# #endregion
# #region sh-snapshots
id=$(curl -fsS -X POST "$ory/_mock/snapshots" | sed 's/.*"id":"\([^"]*\)".*/\1/')
curl -fsS -X POST "$ory/_mock/reset"
curl -fsS -X POST "$ory/_mock/snapshots/$id/restore"
# #endregion
curl -fsS "$ory/_mock/health" | grep -q '"identities":3'
# #region sh-remove
curl -fsS -X DELETE "$ORY_MOCK_URL/_mock/projects/cart"
# #endregion
# #region sh-local
mock=${ORY_MOCK_URL:-http://127.0.0.1:4434}/_mock                # `exec` says where it is
curl -sS "$mock/clock/advance" -d '{"by":"30d"}'                # sessions expire
curl -sS "$mock/faults" -d '{"effect":{"connection":"reset"}}'  # and now it breaks
curl -sS "$mock/requests"                                       # what the application asked
curl -sS -X POST "$mock/reset"                                  # as it was at the start
# #endregion
echo 'all of it ran'
