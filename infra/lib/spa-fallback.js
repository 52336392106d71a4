// Runs at CloudFront's edge on a viewer's request. The app's own addresses (/expenses, /budgets/2026-02) are no files:
// they get the app, which shows them. A name with a dot is a file, and stays a 4xx when it is missing.
// oxlint-disable-next-line no-unused-vars -- CloudFront calls it by this name.
function handler(event) {
  const request = event.request;
  const lastSegment = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (!lastSegment.includes('.')) request.uri = '/index.html';
  return request;
}
