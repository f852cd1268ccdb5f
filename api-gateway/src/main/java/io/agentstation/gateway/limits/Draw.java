package io.agentstation.gateway.limits;

import java.time.Duration;

/**
 * What came of asking once.
 *
 * @param limit     of the window
 * @param remaining what is left of it
 * @param windowEnd how long until it begins anew
 * @param patience    how long until it can be allowed; zero when it is
 */
record Draw(int limit, int remaining, Duration windowEnd, Duration patience) {

    boolean isAllowed() {
        return patience.isZero();
    }
}
