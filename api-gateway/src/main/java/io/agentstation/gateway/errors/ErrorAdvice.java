package io.agentstation.gateway.errors;

import io.agentstation.gateway.kafka.PublishFailed;
import io.agentstation.store.session.StoreUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever a controller ends with into an answer in the one error format. */
@RestControllerAdvice
final class ErrorAdvice {

    private static final Logger log = LoggerFactory.getLogger(ErrorAdvice.class);

    private final LogPace pace = new LogPace(System::nanoTime);

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> refused(RequestRefused refusal, HttpServletRequest request) {
        return answer(refusal, request);
    }

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> storeAway(StoreUnavailable failure, HttpServletRequest request) {
        logAway("The store did not answer a request", failure, request);
        return answer(RequestRefused.unavailable("The station's store does not answer, try again", failure), request);
    }

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> notPublished(PublishFailed failure, HttpServletRequest request) {
        logAway("Kafka did not acknowledge a request's record", failure, request);
        return answer(RequestRefused.unavailable("The station's log does not answer, try again", failure), request);
    }

    private void logAway(String message, Exception failure, HttpServletRequest request) {
        if (pace.mayLog()) {
            log.atWarn()
                    .addKeyValue("requestId", RequestIdFilter.idOf(request))
                    .addKeyValue("reason", failure.getMessage())
                    .log(message);
        }
    }

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> tookTooLong(AsyncRequestTimeoutException failure, HttpServletRequest request) {
        return answer(RequestRefused.unavailable("The station took too long to answer, try again", failure), request);
    }

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> wrongMethod(
            HttpRequestMethodNotSupportedException failure, HttpServletRequest request) {
        ResponseEntity<ErrorAnswer> answer = answer(ServerRefusals.of(HttpStatus.METHOD_NOT_ALLOWED), request);
        HttpHeaders headers = new HttpHeaders(answer.getHeaders());
        headers.addAll(failure.getHeaders());
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<ErrorAnswer> noSuchPath(HttpServletRequest request) {
        return answer(ServerRefusals.of(HttpStatus.NOT_FOUND), request);
    }

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> badQuery(InvalidParameterException failure, HttpServletRequest request) {
        return answer(ServerRefusals.of(HttpStatus.BAD_REQUEST), request);
    }

    private static ResponseEntity<ErrorAnswer> answer(RequestRefused refusal, HttpServletRequest request) {
        request.setAttribute(RequestRefused.CODE_ATTRIBUTE, refusal.code());
        return ResponseEntity.status(refusal.status())
                .headers(refusal.headers())
                .contentType(MediaType.APPLICATION_JSON)
                .body(refusal.answer(RequestIdFilter.idOf(request)));
    }
}
