# syntax=docker/dockerfile:1

# dependencies are installed from the manifests alone, so that a change of code does not install them again
FROM node:26-trixie AS dependencies
WORKDIR /app
# The suite of the base image fixes the versions of its packages.
# hadolint ignore=DL3008
RUN apt-get update && \
    apt-get install -y --no-install-recommends tini && \
    rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    --mount=type=cache,target=/root/.npm \
    npm ci

# production leaves the development dependencies behind
FROM dependencies AS production
COPY package.json ./
RUN --mount=type=bind,source=package.json,target=package.json \
    npm prune --omit=dev --no-save

# build compiles the source with all dependencies
FROM dependencies AS build
COPY . .
RUN npm run build

# runtime holds the runtime, production dependencies and the artefact
FROM node:26-trixie-slim AS runtime
ENV NODE_ENV=production \
    PORT=3000

WORKDIR /app
COPY --from=dependencies /usr/bin/tini-static /tini
COPY --from=production /app/package.json ./
COPY --from=production /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
    CMD ["/usr/local/bin/node", "-e", "require('http').get({port:process.env.PORT||3000,path:'/'},r=>process.exit(r.statusCode<500?0:1)).on('error',()=>process.exit(1))"]
ENTRYPOINT ["/tini", "--"]
CMD ["/usr/local/bin/node", "dist/index.js"]
