namespace ImaNanoBanana.Testing;

/// <summary>
/// Represents how many requests reached the API: the endpoints <c>list</c>, <c>create</c>, <c>detail</c> and <c>token</c>, counted
/// together over all clients and processes. Uploads to the storage and downloads of images do not count. A value.
/// </summary>
/// <param name="Requests">The requests so far, including those that were refused or never answered.</param>
/// <param name="PeakPerSecond">
/// The largest number of requests that arrived within any second. A second can start at any time: it includes its start and excludes
/// its end.
/// </param>
/// <param name="RateLimited">The requests so far that were answered with 429, by the limit, a scenario or a script.</param>
public sealed record SimulatedTraffic(long Requests, int PeakPerSecond, long RateLimited);
