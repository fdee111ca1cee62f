/**
 * The connection's deploy key as a Jenkins credential, offered to permitted items alone and withheld from strangers' builds.
 */
package io.jenkins.plugins.bellhop.jenkins.credentials;
