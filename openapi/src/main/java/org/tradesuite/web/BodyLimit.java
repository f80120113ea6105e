package org.tradesuite.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.tradesuite.openapi.problem.ProblemCode;

/** Refuses bodies over the limit: by their declared length at once, without one as soon as too much has been read. */
final class BodyLimit extends OncePerRequestFilter {

    /** Where the application says what helps whoever sent too much. */
    static final String WHAT_TO_DO = "${tradesuite.web.body-too-large:Send it in parts.}";

    private final long limitBytes;
    private final String detail;
    private final ProblemWriter problems;

    BodyLimit(long limitBytes, String whatToDo, ProblemWriter problems) {
        this.limitBytes = limitBytes;
        this.detail = "The body is larger than " + limitBytes + " bytes. " + whatToDo;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long declared = request.getContentLengthLong();
        if (declared > limitBytes) {
            problems.write(request, response, ProblemCode.BODY_TOO_LARGE, detail);
        } else if (declared >= 0) {
            chain.doFilter(request, response);
        } else {
            chain.doFilter(new CountedRequest(request, limitBytes, detail), response);
        }
    }

    private static final class CountedRequest extends HttpServletRequestWrapper {

        private final long limitBytes;
        private final String detail;
        private @Nullable ServletInputStream stream;

        CountedRequest(HttpServletRequest request, long limitBytes, String detail) {
            super(request);
            this.limitBytes = limitBytes;
            this.detail = detail;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream counted = stream;
            if (counted == null) {
                counted = new CountedStream(super.getInputStream(), limitBytes, detail);
                stream = counted;
            }
            return counted;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            String encoding = getCharacterEncoding();
            return new BufferedReader(new InputStreamReader(
                    getInputStream(), encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding)));
        }
    }

    private static final class CountedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final long limitBytes;
        private final String detail;
        private long readBytes;

        CountedStream(ServletInputStream body, long limitBytes, String detail) {
            this.body = body;
            this.limitBytes = limitBytes;
            this.detail = detail;
        }

        @Override
        public int read() throws IOException {
            int value = body.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = body.read(target, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int more) throws IOException {
            readBytes += more;
            if (readBytes > limitBytes) {
                throw new BodyTooLargeException(detail);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
