package io.jenkins.plugins.bellhop.jenkins.moving;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import java.util.HashMap;
import java.util.Map;

/** What the credentials that jobs name are called. Each is looked up once for all jobs of a folder. */
final class CredentialNames {

    private final Map<String, String> known = new HashMap<>();

    /** Its description, never its id; a sentence's end when there is none. */
    String of(Item item, String credentialsId) {
        return known.computeIfAbsent(
                folderOf(item.getFullName()) + "\n" + credentialsId, none -> lookedUp(item, credentialsId));
    }

    /** Empty at the top. */
    static String folderOf(String job) {
        return job.substring(0, Math.max(0, job.lastIndexOf('/')));
    }

    private static String lookedUp(Item item, String credentialsId) {
        return CredentialsProvider.lookupCredentialsInItem(StandardCredentials.class, item, ACL.SYSTEM2).stream()
                .filter(credentials -> credentials.getId().equals(credentialsId))
                .findFirst()
                .map(StandardCredentials::getDescription)
                .map(text -> text.isBlank() ? Messages.MovingPage_Undescribed() : text)
                .orElseGet(Messages::MovingPage_NoCredential);
    }
}
