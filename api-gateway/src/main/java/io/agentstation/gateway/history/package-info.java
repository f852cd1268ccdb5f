/** What the reads of an agent's history share: whose agent it is, the page that is asked for, the link to the next. */
@NullMarked
package io.agentstation.gateway.history;

import org.jspecify.annotations.NullMarked;
