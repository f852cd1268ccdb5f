/** The launcher: the commands {@code up} and {@code key}. */
@NullMarked
package io.agentstation.standalone;

import org.jspecify.annotations.NullMarked;
