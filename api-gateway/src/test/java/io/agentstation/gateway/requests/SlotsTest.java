package io.agentstation.gateway.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.requests.Slots.Slot;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

final class SlotsTest {

    private static final WorkspaceId ONE = WorkspaceId.of("one");
    private static final WorkspaceId TWO = WorkspaceId.of("two");
    private static final WorkspaceId THREE = WorkspaceId.of("three");

    private final Slots slots = new Slots(3, 2, "too_many", "Too many at once");

    private void assertNoneFor(WorkspaceId workspace) {
        assertThatThrownBy(() -> slots.take(workspace))
                .isInstanceOfSatisfying(
                        RequestRefused.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS));
    }

    @Test
    void oneWorkspaceCannotTakeThemAll() {
        // Given
        Slot first = slots.take(ONE);
        Slot second = slots.take(ONE);

        // Then
        assertNoneFor(ONE);
        try (Slot other = slots.take(TWO)) {
            assertThat(other).isNotNull();
            assertNoneFor(THREE);
        }
        first.close();
        slots.take(ONE).close();
        second.close();
    }

    @Test
    void aSlotThatIsGivenBackCanBeTakenAgain() {
        for (int i = 0; i < 100; i++) {
            Slot first = slots.take(ONE);
            Slot second = slots.take(TWO);
            Slot third = slots.take(THREE);
            assertNoneFor(ONE);
            first.close();
            second.close();
            third.close();
        }
    }
}
