package jenkins.scm.api;

public class SCMEventListener {

    public void onSCMHeadEvent(SCMHeadEvent<?> event) {}
}
