package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Attributes that give a new file to its owner alone from its first moment: permissions on Unix, an access list on
 * Windows (built as documented, not run).
 */
final class OwnerOnly {

    private OwnerOnly() {}

    static FileAttribute<?> directory(FileSystem fileSystem) throws IOException {
        return attribute(fileSystem, "rwx------");
    }

    static FileAttribute<?> file(FileSystem fileSystem) throws IOException {
        return attribute(fileSystem, "rw-------");
    }

    private static FileAttribute<?> attribute(FileSystem fileSystem, String permissions) throws IOException {
        Set<String> views = fileSystem.supportedFileAttributeViews();
        if (views.contains("posix")) {
            return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        }
        if (views.contains("acl")) {
            return accessList(
                    fileSystem.getUserPrincipalLookupService().lookupPrincipalByName(System.getProperty("user.name")));
        }
        throw new IOException(
                "expected a file system that can keep a private key from others, found one with " + views);
    }

    static FileAttribute<List<AclEntry>> accessList(UserPrincipal owner) {
        AclEntry everything = AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build();
        return new AccessList(List.of(everything));
    }

    private record AccessList(List<AclEntry> value) implements FileAttribute<List<AclEntry>> {

        @Override
        public String name() {
            return "acl:acl";
        }
    }
}
