using ImaNanoBanana.Transport;

namespace ImaNanoBanana.OpenApi;

/// <summary>The endpoints of <c>https://api.imastudio.com</c>, one method each (wire contract, sections 1 to 3).</summary>
internal interface IImaOpenApi
{
    /// <summary><c>GET /open/v1/product/list?app=ima&amp;platform=web&amp;category={taskType}</c>. Repeated on its own; safe.</summary>
    Task<ApiAnswer> GetProductListAsync(ImageTaskType taskType, ImaLanguage language, CancellationToken cancellationToken);

    /// <summary>
    /// <c>POST /open/v1/tasks/create</c>. Only the submission's record tells what became of it: neither a return nor an
    /// exception says anything about the create.
    /// </summary>
    Task CreateTaskAsync(Submission submission, CancellationToken cancellationToken);

    /// <summary><c>POST /open/v1/tasks/detail</c>. One attempt.</summary>
    Task<ApiAnswer> GetTaskDetailAsync(string taskId, CancellationToken cancellationToken);
}
