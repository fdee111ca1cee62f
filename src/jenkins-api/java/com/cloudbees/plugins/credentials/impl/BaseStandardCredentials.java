package com.cloudbees.plugins.credentials.impl;

import com.cloudbees.plugins.credentials.BaseCredentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;

@SuppressWarnings("serial")
public abstract class BaseStandardCredentials extends BaseCredentials implements StandardCredentials {

    public BaseStandardCredentials(CredentialsScope scope, String id, String description) {}

    @Override
    public String getDescription() {
        return null;
    }

    @Override
    public String getId() {
        return null;
    }
}
