/** The files of infra, compared with the code. */
@NullMarked
package io.agentstation.infra;

import org.jspecify.annotations.NullMarked;
