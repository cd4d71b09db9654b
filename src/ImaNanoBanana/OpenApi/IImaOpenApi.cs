using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Refit;

namespace ImaNanoBanana.OpenApi;

/// <summary>
/// Defines the endpoints of <c>https://api.imastudio.com</c>. Internal, because a raw create request would bypass the guarantee that a
/// call never submits twice.
/// </summary>
[Headers(ApiHeaders.UserAgent, ApiHeaders.Accept, ApiHeaders.AppSource)]
internal interface IImaOpenApi
{
    /// <summary>Reads the product list.</summary>
    /// <param name="category"><c>text_to_image</c> or <c>image_to_image</c>.</param>
    /// <param name="language">The language of the labels.</param>
    /// <param name="call">The time limits of the call, and whether it is safe to repeat.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response, whatever its status; the caller disposes it.</returns>
    [Get("/open/v1/product/list?app=ima&platform=web")]
    Task<HttpResponseMessage> GetProductListAsync(
        [AliasAs("category")] string category,
        [Header("x_app_language")] string language,
        [Property(ReadCall.OptionName)] ReadCall call,
        CancellationToken cancellationToken);

    /// <summary>
    /// Creates a task. The body is not part of the request: only the wire handler can create it from the submission. Only the record of
    /// the submission says what became of the create request. Neither a return value nor an exception says anything about it.
    /// </summary>
    /// <param name="submission">The bytes of the create request.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    [Post(WireHandler.CreatePath)]
    [Headers(ApiHeaders.English)]
    Task<HttpResponseMessage> CreateTaskAsync([Property(Submission.OptionName)] Submission submission, CancellationToken cancellationToken);

    /// <summary>Reads the status of a task.</summary>
    /// <param name="body">Identifies the task.</param>
    /// <param name="call">The time limit of the call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response, whatever its status; the caller disposes it.</returns>
    [Post("/open/v1/tasks/detail")]
    [Headers(ApiHeaders.English, ApiHeaders.Json)]
    Task<HttpResponseMessage> GetTaskDetailAsync(
        [Body] TaskDetailRequest body, [Property(ReadCall.OptionName)] ReadCall call, CancellationToken cancellationToken);
}
