# Configuration of nbconvert. Deno's kernel (2.9) says now and then that a cell is done before it has sent what the cell shows. Front
# ends show what comes late; nbclient, which runs the cells for nbconvert, stops to listen. Here it listens until the result is there, or
# for a second more.
from queue import Empty

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbclient.util import ensure_async

LAST = ("execute_result", "error")


async def poll_output_msg(self, parent_msg_id, cell, cell_index):
    done = False
    while True:
        if done and any(output.output_type in LAST for output in cell.outputs):
            return
        try:
            message = await ensure_async(
                self.kc.iopub_channel.get_msg(timeout=1 if done else None)
            )
        except Empty:
            return
        if message["parent_header"].get("msg_id") != parent_msg_id:
            continue
        try:
            self.process_message(message, cell, cell_index)
        except CellExecutionComplete:
            done = True


NotebookClient._async_poll_output_msg = poll_output_msg
