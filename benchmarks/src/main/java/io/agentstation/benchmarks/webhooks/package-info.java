/** What sending webhooks costs beside a bare loop of posts, and what dead receivers cost a healthy one. */
@NullMarked
package io.agentstation.benchmarks.webhooks;

import org.jspecify.annotations.NullMarked;
