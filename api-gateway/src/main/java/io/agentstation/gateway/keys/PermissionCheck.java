package io.agentstation.gateway.keys;

import io.agentstation.gateway.errors.RequestRefused;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Asks {@link Permissions} before any controller, by the very mapping that chooses the controller. */
@Component
public final class PermissionCheck implements HandlerInterceptor {

    private final ObjectProvider<RequestMappingHandlerMapping> mapping;

    PermissionCheck(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mapping) {
        this.mapping = mapping;
    }

    /**
     * Lets a request pass to its controller when its caller may.
     *
     * @throws RequestRefused 403 when the caller may not
     */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        refusal(request).ifPresent(refusal -> {
            throw refusal;
        });
        return true;
    }

    /**
     * Why the caller of a request that no controller was chosen for yet may not send it: for those who refuse it for another
     * reason, which must not come before this one.
     *
     * @throws ServletException for a request that no controller can be chosen for, other than by its method
     */
    public Optional<RequestRefused> ahead(HttpServletRequest request) throws ServletException {
        ServletRequestPathUtils.parseAndCache(request);
        return isMapped(request) ? refusal(request) : Optional.empty();
    }

    private boolean isMapped(HttpServletRequest request) throws ServletException {
        try {
            return mapping.getObject().getHandler(request) != null;
        } catch (HttpRequestMethodNotSupportedException e) {
            // Nobody may.
            return false;
        } catch (ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException("no controller can be chosen for a request", e);
        }
    }

    private static Optional<RequestRefused> refusal(HttpServletRequest request) {
        Object caller = request.getAttribute(Caller.ATTRIBUTE);
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return caller instanceof Caller known && pattern != null
                ? Permissions.refusal(known, request.getMethod(), pattern.toString())
                : Optional.empty();
    }
}
