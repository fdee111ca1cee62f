package jenkins.scm.api.trait;

public abstract class SCMSourceTrait {

    private SCMSourceTrait() {}
}
