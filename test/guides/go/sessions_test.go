// #region go
package sessions

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
)

const ada = "9f425a8d-7efc-4768-8f23-7647a74fdf13"

type project struct{ Name, URL, Token string }

func call(t *testing.T, method, url, body string, answer any) int {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if answer != nil {
		if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
			t.Fatal(err)
		}
	}
	return response.StatusCode
}

// newProject makes a mock of the test's own, which is gone after it.
func newProject(t *testing.T) project {
	t.Helper()
	mock := os.Getenv("ORY_MOCK_URL")
	var p project
	call(t, "POST", mock+"/_mock/projects", "", &p)
	t.Cleanup(func() {
		if status := call(t, "POST", p.URL+"/_mock/faults/verify", "", nil); status != 204 {
			t.Error("a fault rule never fired")
		}
		call(t, "DELETE", mock+"/_mock/projects/"+p.Name, "", nil)
	})
	return p
}

func active(t *testing.T, p project) int {
	t.Helper()
	var sessions []json.RawMessage
	call(t, "GET", p.URL+"/admin/identities/"+ada+"/sessions?active=true", "", &sessions)
	return len(sessions)
}

func TestSessionsExpire(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	if active := active(t, p); active != 2 {
		t.Errorf("%d active sessions, want 2", active)
	}
	call(t, "POST", p.URL+"/_mock/clock/advance", `{"by":"11m"}`, nil)
	if active := active(t, p); active != 1 {
		t.Errorf("%d active sessions after 11 minutes, want 1", active)
	}
}

func TestBusyServer(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	call(t, "POST", p.URL+"/_mock/faults", `{"when":{"times":1},"effect":{"status":503}}`, nil)
	list := p.URL + "/admin/identities/" + ada + "/sessions"
	if status := call(t, "GET", list, "", nil); status != 503 {
		t.Errorf("status %d, want 503", status)
	}
	if status := call(t, "GET", list, "", nil); status != 200 {
		t.Errorf("status %d, want 200", status)
	}
}

// #endregion
