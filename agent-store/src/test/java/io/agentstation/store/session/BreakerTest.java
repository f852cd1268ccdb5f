package io.agentstation.store.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Breaker breaker = new Breaker(clock::get);

    private void later(long nanos) {
        clock.addAndGet(nanos);
    }

    private void assertOpen() {
        assertThatThrownBy(breaker::begin).isInstanceOf(StoreUnavailable.class);
    }

    private void assertClosed() {
        assertThatCode(breaker::begin).doesNotThrowAnyException();
        assertThatCode(breaker::begin).doesNotThrowAnyException();
    }

    @Test
    void aRequestThatNobodyAnsweredOpensItAndAnAnswerClosesIt() {
        long began = breaker.begin();
        later(10);
        breaker.unanswered(began);
        assertOpen();

        breaker.answered();

        assertClosed();
    }

    @Test
    void aSlowRequestAmongOthersThatAreAnsweredDoesNotOpenIt() {
        long slow = breaker.begin();
        later(5);
        breaker.answered();
        later(5);

        breaker.unanswered(slow);

        assertClosed();
    }

    @Test
    void oneTriesEachSecondWhileTheOthersAreRefused() {
        long began = breaker.begin();
        later(10);
        breaker.unanswered(began);
        later(Breaker.TRY_EVERY.toNanos());

        long attempt = breaker.begin();
        assertOpen();
        breaker.unanswered(attempt);
        assertOpen();
        later(Breaker.TRY_EVERY.toNanos());

        assertThatCode(breaker::begin).doesNotThrowAnyException();
        assertOpen();
    }

    @Test
    void whoeverBeganBeforeItOpenedDoesNotPutItsNextTryOff() {
        long first = breaker.begin();
        long second = breaker.begin();
        later(10);
        breaker.unanswered(first);
        later(Breaker.TRY_EVERY.toNanos());

        breaker.unanswered(second);

        assertThatCode(breaker::begin).doesNotThrowAnyException();
    }
}
