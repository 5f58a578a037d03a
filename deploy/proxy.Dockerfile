# nginx with the configuration that stands beside this file.

FROM debian:12.15-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends nginx-light \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o www-data /srv/nginx
COPY deploy/nginx.conf /etc/nginx/nginx.conf
USER www-data
CMD ["nginx", "-p", "/srv/nginx", "-c", "/etc/nginx/nginx.conf", "-g", "daemon off;"]
