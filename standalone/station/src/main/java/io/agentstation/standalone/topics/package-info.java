/** The topics, made at the first start. */
@NullMarked
package io.agentstation.standalone.topics;

import org.jspecify.annotations.NullMarked;
