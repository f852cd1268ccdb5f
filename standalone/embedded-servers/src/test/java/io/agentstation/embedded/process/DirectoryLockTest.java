package io.agentstation.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    private Path directory;

    @Test
    void hasOneOwnerAtATimeAndNamesIt() throws Exception {
        try (DirectoryLock owner = DirectoryLock.tryTake(directory).orElseThrow()) {
            assertThat(owner).isNotNull();
            assertThat(DirectoryLock.tryTake(directory)).isEmpty();
            assertThat(DirectoryLock.holder(directory))
                    .isEqualTo("process " + ProcessHandle.current().pid());
        }

        try (DirectoryLock next = DirectoryLock.tryTake(directory).orElseThrow()) {
            assertThat(next).isNotNull();
        }
    }
}
