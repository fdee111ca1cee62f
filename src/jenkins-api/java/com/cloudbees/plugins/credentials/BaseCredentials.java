package com.cloudbees.plugins.credentials;

@SuppressWarnings("serial")
public class BaseCredentials implements Credentials {

    protected BaseCredentials() {}

    @Override
    public CredentialsScope getScope() {
        return null;
    }

    @Override
    public CredentialsDescriptor getDescriptor() {
        return null;
    }
}
