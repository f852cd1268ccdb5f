package io.agentstation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    /** A line of a table whose first column is a folder in backticks, below the heading "The rooms". */
    private static final Pattern ROOM = Pattern.compile("(?m)^\\|\\s*`([^`]+?)/?`\\s*\\|");

    @Test
    void theMapOfRoomsIsTheListOfModules() {
        String readme = Sources.text(Sources.root().resolve("README.md"));
        String map = readme.substring(readme.indexOf("## The rooms") + 1).split("\n## ", -1)[0];

        List<String> rooms =
                ROOM.matcher(map).results().map(room -> room.group(1)).toList();

        assertThat(rooms).containsExactlyInAnyOrderElementsOf(Sources.modules());
    }

    @Test
    void theReadmeIsShort() {
        assertThat(Sources.text(Sources.root().resolve("README.md")).lines().count())
                .isLessThanOrEqualTo(120);
    }
}
