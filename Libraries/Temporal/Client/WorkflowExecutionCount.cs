using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;

namespace Temporalio.Client;

/// <summary>How many workflows a query finds.</summary>
public class WorkflowExecutionCount
{
    /// <summary>Creates the count.</summary>
    /// <param name="raw">What the server says.</param>
    protected internal WorkflowExecutionCount(CountWorkflowExecutionsResponse raw)
    {
        Count = raw.Count;
        Groups = [.. raw.Groups.Select(group => new AggregationGroup(group))];
    }

    /// <summary>How many there are; approximate on large systems.</summary>
    public long Count { get; }

    /// <summary>Counts of a query with <c>GROUP BY</c>.</summary>
    public IReadOnlyCollection<AggregationGroup> Groups { get; }

    /// <summary>Workflows that share a value.</summary>
    public class AggregationGroup
    {
        /// <summary>Creates the group.</summary>
        /// <param name="raw">What the server says.</param>
        protected internal AggregationGroup(CountWorkflowExecutionsResponse.Types.AggregationGroup raw)
        {
            Count = raw.Count;
            GroupValues = [.. raw.GroupValues.Select(SearchAttributePayload.Read).OfType<(object Value, Api.Enums.V1.IndexedValueType Type)>().Select(pair => pair.Value)];
        }

        /// <summary>How many there are.</summary>
        public long Count { get; }

        /// <summary>The values that they share.</summary>
        public IReadOnlyCollection<object> GroupValues { get; }
    }
}
