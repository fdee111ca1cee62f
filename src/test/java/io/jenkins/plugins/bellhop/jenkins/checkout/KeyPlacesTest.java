package io.jenkins.plugins.bellhop.jenkins.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.key.KeyDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyPlacesTest {

    private static final KeyPlace PLACE =
            new KeyPlace("bellhop-keys-1", "node ä", "C:\\agent\\app@tmp\\x=y", "folder/app#7", true, false);

    @TempDir
    Path directory;

    @Test
    void placesAreThereAfterACrash() throws IOException {
        new KeyPlaces(directory).put(PLACE);

        KeyPlaces later = new KeyPlaces(directory);
        assertThat(later.find("bellhop-keys-1")).contains(PLACE);
        assertThat(later.where(place -> place.node().equals("node ä"))).containsExactly(PLACE);
        assertThat(later.where(place -> place.node().isEmpty())).isEmpty();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("bellhop-keys-1.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void removedPlaceIsForgottenAndTwiceIsOnce() throws IOException {
        KeyPlaces places = new KeyPlaces(directory);
        places.put(PLACE);

        places.remove(PLACE.id());
        places.remove(PLACE.id());

        assertThat(places.find(PLACE.id())).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void placesOfANodeThatIsGoneAreForgotten() throws IOException {
        KeyPlaces places = new KeyPlaces(directory);
        places.put(PLACE);
        places.put(new KeyPlace("bellhop-keys-2", "other", "/x", "app#1", false, false));

        places.forgetNode(PLACE.node());

        assertThat(new KeyPlaces(directory).where(place -> true))
                .extracting(KeyPlace::id)
                .containsExactly("bellhop-keys-2");
    }

    @Test
    void oneThatCannotBeRemovedDoesNotSaveTheOthers() throws IOException {
        Path stays = directory.resolve(KeyDirectory.newName() + "-of-somebody-else");
        Path goes = directory.resolve(KeyDirectory.newName());
        KeyDirectory.createAt(goes).write("identity", "made up");

        assertThat(new PlacedKeys.Remove(List.of(at(stays), at(goes))).invoke(null, null))
                .containsExactly(stays.toString());
        assertThat(goes).doesNotExist();
    }

    private static KeyPlace at(Path path) {
        return new KeyPlace(path.getFileName().toString(), "", path.toString(), "app#1", false, true);
    }

    @Test
    void missingDirectoryHoldsNothing() throws IOException {
        assertThat(new KeyPlaces(directory.resolve("absent")).where(place -> true))
                .isEmpty();
    }
}
